import { by, type Claim, form } from './claim.ts';

/** The line by which a person gets a token. */
export const tokenLine = String.raw`TOKEN=$(curl -sS 'REALM?service=SERVICE&scope=repository:REPOSITORY:pull' | sed -n 's/.*"\(access_\)\{0,1\}token": *"\([^"]*\)".*/\2/p')`;

/** Commands of the introduction to the runbook; those of its sections are tested with the table that they are made from. */
export const ofRunbook: Readonly<Record<string, Claim>> = {
	[tokenLine]: by('test/docs/tokenLine.test.ts', 'gets the token'),
	'curl -x PROXY …': form('curl -x'),
};
