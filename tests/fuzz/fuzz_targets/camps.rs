#![no_main]
mizan_fuzz::fuzz!("camps");
