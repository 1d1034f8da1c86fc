/**
 * The path of a host's URL as it may be shown. One with an `@` is the rest of a login: its password has a slash, and what
 * stands before that was taken for the host. An `@` may still be encoded where other bytes of the path are no UTF-8.
 */
export function shownPath(path: string): string {
	return holdsLogin(path) ? '/REDACTED' : path;
}

/** Whether such a path is the rest of a login. */
export function holdsLogin(path: string): boolean {
	return /@|%40/.test(path);
}
