//! The program as a person and a script meet it: run as a process, read what it prints.

mod architecture;
mod drift;
mod house;
mod labels;
mod probe;
mod score;
mod speed;
mod train;
