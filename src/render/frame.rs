//! How a picture begins: its outermost element, its name, its language and its styles.

use super::markup::{Markup, put};
use super::sheet;
use super::style::Style;

impl Style<'_> {
    /// Opens a picture: its name is what is read out in its place. `view` is its width and height, `size` pixels high.
    pub(super) fn open_svg(
        &self,
        markup: &mut Markup<'_>,
        kind: &'static str,
        view: (f64, f64),
        size: f64,
        name: &str,
        description: &str,
    ) {
        let (width, height) = view;
        put!(
            markup,
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="starwise starwise-$$$" part="$""#,
            self.theme,
            if self.is_animated {
                " starwise-animated starwise-"
            } else {
                " starwise-"
            },
            kind,
            kind
        );
        self.put_language(markup);
        put!(
            markup,
            r#" role="img" width="$" height="$" viewBox="0 0 $ $" aria-labelledby="$-$-title""#,
            size * width / height,
            size,
            width,
            height,
            self.prefix,
            kind
        );
        if !description.is_empty() {
            put!(
                markup,
                r#" aria-describedby="$-$-description""#,
                self.prefix,
                kind
            );
        }
        put!(
            markup,
            r#"><title id="$-$-title">$</title>"#,
            self.prefix,
            kind,
            self.label.unwrap_or(name)
        );
        if !description.is_empty() {
            put!(
                markup,
                r#"<desc id="$-$-description">$</desc>"#,
                self.prefix,
                kind,
                description
            );
        }
        self.put_styles(markup, &[" picture "]);
    }

    /// Writes the attributes of an HTML picture's outermost element: classes, language, direction.
    pub(super) fn put_root(&self, markup: &mut Markup<'_>, kind: &'static str) {
        put!(
            markup,
            r#" class="starwise starwise-$$$" part="$" dir="$""#,
            self.theme,
            if self.is_animated {
                " starwise-animated starwise-"
            } else {
                " starwise-"
            },
            kind,
            kind,
            if self.is_rtl { "rtl" } else { "ltr" }
        );
        self.put_language(markup);
    }

    fn put_language(&self, markup: &mut Markup<'_>) {
        if let Some(locale) = self.locale {
            put!(markup, r#" lang="$""#, locale);
        }
    }

    /// Writes the `<style>` element, if it is wanted, with the sections that a picture needs.
    pub(super) fn put_styles(&self, markup: &mut Markup<'_>, sections: &[&str]) {
        if !self.has_styles {
            return;
        }
        put!(markup, "<style");
        if let Some(nonce) = self.nonce {
            put!(markup, r#" nonce="$""#, nonce);
        }
        put!(markup, ">");
        markup.put_sheet(sheet::section(" base "));
        for name in sections {
            markup.put_sheet(sheet::section(name));
        }
        put!(markup, "</style>");
    }
}
