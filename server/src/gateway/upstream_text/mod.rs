//! The one step between an upstream's body and its first reader: whatever the bytes are, what comes out is UTF-8, and
//! where it is JSON, JSON that every decoder reads.
//!
//! 1. [`coding`]: the content coding is undone, also one that nobody asked for;
//! 2. [`charset`]: the text becomes UTF-8, its byte order mark is dropped;
//! 3. [`surrogates`]: an escape of half a character becomes U+FFFD.
//!
//! Numbers and all else stay as sent. The body passes through piece by piece. A plain UTF-8 body is looked through and
//! passed on without a copy.

mod charset;
mod coding;
mod surrogates;

use bytes::Bytes;
use reqwest::Response;

use charset::ToUtf8;
use coding::Decoded;
use surrogates::Mend;

/// The connection broke off, or the content coding is damaged.
#[derive(Debug, thiserror::Error)]
#[error("the body broke off or its content coding is damaged")]
pub struct Broken;

/// Reads an upstream's body as text.
pub struct TextBody {
    decoded: Decoded,
    to_utf8: ToUtf8,
    mend: Mend,
    ended: bool,
}

impl TextBody {
    /// Takes the response's body over.
    pub fn new(response: Response) -> Self {
        let to_utf8 = ToUtf8::new(response.headers());
        Self { decoded: Decoded::new(response), to_utf8, mend: Mend::default(), ended: false }
    }

    /// The next piece of the text, never empty; `None` at the end.
    ///
    /// # Errors
    /// [`Broken`].
    pub async fn next(&mut self) -> Result<Option<Bytes>, Broken> {
        while !self.ended {
            let piece = self.decoded.next().await?;
            self.ended = piece.is_none();
            let text = self.to_utf8.push(piece.unwrap_or_default(), self.ended);
            let text = self.mend.push(text, self.ended);
            if !text.is_empty() {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }
}
