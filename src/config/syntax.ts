import type { YAMLError } from 'yaml';

import { printable } from '../registry/redact.ts';
import { Wrong } from './fault.ts';

const remedies: Partial<Record<YAMLError['code'], string>> = {
	TAB_AS_INDENT: 'indent with spaces',
	BAD_INDENT: 'line it up with its neighbours',
	MISSING_CHAR: 'check quotes, brackets and colons up to here',
	BAD_SCALAR_START: 'put the value in quotes',
	BLOCK_AS_IMPLICIT_KEY: 'put the value in quotes, or on a line of its own',
	MULTILINE_IMPLICIT_KEY: 'put a colon after the key',
	MULTIPLE_DOCS: 'keep one document; remove the line ---',
	NON_STRING_KEY: 'write a key that is a word',
	TAG_RESOLVE_FAILED: 'remove the tag',
	BAD_DIRECTIVE: 'remove the line that begins with %',
	BAD_ALIAS: 'put the value in quotes, or name an anchor that stands above',
	BAD_DQ_ESCAPE: 'use single quotes, or double the backslash',
	RESOURCE_EXHAUSTION: 'nest less deeply',
};

/** In the place of texts that hold a piece of the file, which may be a secret. */
const sentences: Partial<Record<YAMLError['code'], string>> = {
	UNEXPECTED_TOKEN: 'Something stands where nothing can',
	TAG_RESOLVE_FAILED: 'Unresolved tag',
	BAD_DIRECTIVE: 'A directive that is not known',
	BAD_DQ_ESCAPE: 'Invalid escape sequence',
	BAD_ALIAS: 'Unresolved alias',
};

/** What the YAML reader refuses (https://eemeli.org/yaml/#errors), without the words of the file. */
export function syntaxFault(error: YAMLError): Wrong {
	const said = sentences[error.code] ?? printable(error.message, 120).trim();
	return new Wrong(`not YAML: ${said}`, remedies[error.code] ?? 'check this line and the one above');
}
