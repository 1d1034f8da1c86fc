import type { Assignment } from './assignment.ts';

/** As large as such a file can sensibly be, in characters; systemd's own bound is 4 MiB. */
const mostCharacters = 1024 ** 2;
const mostAssignments = 10_000;

/** What a character means, depending on what stands before it. */
type State =
	| 'beforeName'
	| 'name'
	| 'beforeValue'
	| 'value'
	| 'escaped'
	| 'singleQuoted'
	| 'doubleQuoted'
	| 'doubleQuotedEscaped'
	| 'comment'
	| 'commentEscaped';

const isSpace = (char: string) => char === ' ' || char === '\t' || char === '\n' || char === '\r';
const isBreak = (char: string) => char === '\n' || char === '\r';
/** Those characters that a backslash takes the meaning from, between double quotes. */
const needEscape = '"\\`$';

/**
 * Reads a file that EnvironmentFile= names as systemd 254 and later do (systemd.exec(5)): quotes at the beginning of a
 * value only, over several lines too, a backslash at the end of a line joins it with the next, `$` means nothing, and
 * `export` is part of the name, so that the line is passed over later. Never throws; what is not closed ends with the file.
 */
export function parseEnvironmentFile(text: string): Assignment[] {
	const reader = new EnvironmentFileReader();
	for (const char of text.slice(0, mostCharacters)) reader.take(char);
	return reader.end();
}

class EnvironmentFileReader {
	#state: State = 'beforeName';
	#name = '';
	#value = '';
	/** How much of the value stays when it ends here: what is escaped or quoted is never trimmed. */
	#kept = 0;
	#line = 1;
	#begin = 1;
	readonly #found: Assignment[] = [];

	take(char: string): void {
		this.#state = this.#next(char);
		if (char === '\n') this.#line++;
	}

	end(): Assignment[] {
		if (!['beforeName', 'name', 'comment', 'commentEscaped'].includes(this.#state)) this.#push();
		return this.#found;
	}

	#next(char: string): State {
		switch (this.#state) {
			case 'beforeName':
				return this.#beforeName(char);
			case 'name':
				return this.#inName(char);
			case 'beforeValue':
				return this.#beforeValue(char);
			case 'value':
				return this.#inValue(char);
			case 'escaped':
				return isBreak(char) ? 'value' : this.#keep(char, 'value');
			case 'singleQuoted':
				return char === "'" ? 'beforeValue' : this.#keep(char, 'singleQuoted');
			case 'doubleQuoted':
				if (char === '\\') return 'doubleQuotedEscaped';
				return char === '"' ? 'beforeValue' : this.#keep(char, 'doubleQuoted');
			case 'doubleQuotedEscaped':
				if (char === '\n') return 'doubleQuoted';
				return this.#keep(needEscape.includes(char) ? char : `\\${char}`, 'doubleQuoted');
			case 'comment':
				if (char === '\\') return 'commentEscaped';
				return isBreak(char) ? 'beforeName' : 'comment';
			case 'commentEscaped':
				return isBreak(char) ? 'beforeName' : 'comment';
		}
	}

	#beforeName(char: string): State {
		if (char === '#' || char === ';') return 'comment';
		if (isSpace(char)) return 'beforeName';
		this.#begin = this.#line;
		this.#name = char;
		return 'name';
	}

	#inName(char: string): State {
		if (isBreak(char)) return 'beforeName';
		if (char === '=') return 'beforeValue';
		this.#name += char;
		return 'name';
	}

	#beforeValue(char: string): State {
		if (isBreak(char)) return this.#push();
		if (char === "'") return 'singleQuoted';
		if (char === '"') return 'doubleQuoted';
		if (char === '\\') return 'escaped';
		return isSpace(char) ? 'beforeValue' : this.#keep(char, 'value');
	}

	#inValue(char: string): State {
		if (isBreak(char)) return this.#push();
		if (char === '\\') {
			this.#kept = this.#value.length;
			return 'escaped';
		}
		this.#value += char;
		if (!isSpace(char)) this.#kept = this.#value.length;
		return 'value';
	}

	#keep(text: string, state: State): State {
		this.#value += text;
		this.#kept = this.#value.length;
		return state;
	}

	#push(): State {
		if (this.#found.length < mostAssignments) {
			this.#found.push({ name: this.#name.trimEnd(), value: this.#value.slice(0, this.#kept), line: this.#begin });
		}
		this.#value = '';
		this.#kept = 0;
		return 'beforeName';
	}
}
