//! The target that the environment names: one program to link for a campaign over all of them.
#![no_main]
mizan_fuzz::fuzz!(mizan_fuzz::chosen());
