//! The common form of the vendors' failure bodies.

/// The parts of a vendor's failure body. `None` for each part that the body does not have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VendorError {
    /// The vendor's code.
    pub code: Option<String>,
    /// The vendor's message.
    pub message: Option<String>,
    /// The field that the message is about, if the vendor names one.
    pub field: Option<String>,
}
