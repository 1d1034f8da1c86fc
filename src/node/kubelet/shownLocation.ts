import { quotedLocation } from '../../registry/quotable.ts';

/** A key of the keyring, or a pattern of a provider, as a list may show it. */
export function shownLocation(location: string): string {
	return quotedLocation(location, '"REDACTED"').slice(1, -1);
}
