/** Cuts a text that comes in pieces into its lines. Lines of more than `most` characters, and empty ones, are passed over. */
export class Lines {
	readonly #most: number;
	#begun = '';
	#tooLong = false;

	constructor(most: number) {
		this.#most = most;
	}

	/** The lines that end in this piece. */
	push(piece: string): readonly string[] {
		const whole: string[] = [];
		let from = 0;
		for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
			this.#keep(piece.slice(from, end));
			if (!this.#tooLong && this.#begun !== '') whole.push(this.#begun);
			this.#begun = '';
			this.#tooLong = false;
			from = end + 1;
		}
		this.#keep(piece.slice(from));
		return whole;
	}

	#keep(text: string): void {
		this.#tooLong ||= this.#begun.length + text.length > this.#most;
		this.#begun = this.#tooLong ? '' : this.#begun + text;
	}
}
