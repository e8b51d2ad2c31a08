//! A moving test pattern and recorded input, for tests everywhere.
