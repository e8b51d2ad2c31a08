//! Candidates, NAT classification and hole punching.
