//! Traits for capture, cursor, input, clipboard and codecs.
