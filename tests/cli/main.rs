//! The program as a person and a script meet it: run as a process, read what it prints.

mod architecture;
mod evaluate;
mod house;
mod labels;
mod score;
mod speed;
mod train;
