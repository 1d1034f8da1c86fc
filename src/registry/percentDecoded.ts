/** A part of a URL as it was meant (RFC 3986, 2.1); as it stands where it is not percent-encoded, or its bytes are no UTF-8. */
export function percentDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
