//! Tells cargo that the migrations are part of the library, which embeds them.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
