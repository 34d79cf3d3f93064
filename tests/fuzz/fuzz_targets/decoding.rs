#![no_main]
mizan_fuzz::fuzz!("decoding");
