"""An independent implementation of Deskwire's protocol, written from its specification to check the test vectors."""
