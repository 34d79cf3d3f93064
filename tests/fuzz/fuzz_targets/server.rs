#![no_main]
mizan_fuzz::fuzz!("server");
