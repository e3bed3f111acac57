//! Response extensions: what handlers tell the middlewares about a response.

/// The name of the user who sent the request.
#[derive(Clone)]
pub struct Actor(pub String);

/// The number of the last change before the data was requested.
#[derive(Clone, Copy)]
pub struct AsOf(pub u64);

/// A password was checked and wrong. It is recorded in the activity.
#[derive(Clone)]
pub struct WrongPassword {
    /// The name as typed, normalised.
    pub name: String,
}

/// The vendor's code of an error, for the activity.
#[derive(Clone)]
pub struct VendorCode(pub String);
