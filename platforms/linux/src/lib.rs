//! Capture, input and clipboard on Linux (X11).
