/**
 * Makes of what was shown to a server a way to take it out of what the server says back, in whatever spelling. Handed in from
 * outside: what knows the spellings is no part of this room.
 */
export type Concealing = (shown: readonly string[]) => (text: string) => string;

/** For those who were shown nothing. */
export const asItIs = (text: string): string => text;
