/** Which bytes an answer 206 holds. */
export interface ContentRange {
	readonly first: number;
	readonly last: number;
	/** Of the whole; absent when the server does not know. */
	readonly size?: number;
}

/** Reads `Content-Range: bytes 0-499/1234` (RFC 9110, 14.4); undefined for anything else. Never throws. */
export function readContentRange(value: string | undefined): ContentRange | undefined {
	const [, first, last, size] = /^bytes\s+(\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(value?.trim() ?? '') ?? [];
	if (first === undefined || last === undefined) return undefined;
	return { first: Number(first), last: Number(last), ...(size !== '*' && { size: Number(size) }) };
}
