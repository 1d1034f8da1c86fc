import { cutTo } from '../views/terminal/width.ts';
import { canRewrite, type Environment, type Screen } from './terminal.ts';

const toLineStart = '\r\u001B[2K';
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const asciiFrames = ['|', '/', '-', '\\'];
/** Milliseconds between two pictures of the line. */
const beat = 100;

/** One line that is rewritten in place while something long runs. */
export interface LiveLine {
	/** Takes the line away, so that what is printed next stands alone. */
	clear(): void;
}

type Output = Screen & { write(text: string): unknown };

/** Shows what `tell` says, again and again, cut to one line; nothing where `output` is no terminal that can rewrite a line. */
export function showLiveLine(
	output: Output,
	unicode: boolean,
	tell: () => string,
	environment: Environment = process.env,
): LiveLine {
	if (!canRewrite(output, environment)) return { clear: () => {} };
	const signs = unicode ? frames : asciiFrames;
	let turn = 0;
	const draw = () => {
		const room = Math.max(10, (output.columns || 80) - 3);
		output.write(`${toLineStart}${signs[turn++ % signs.length]} ${cutTo(tell(), room)}`);
	};
	draw();
	const timer = setInterval(draw, beat);
	timer.unref();
	return {
		clear() {
			clearInterval(timer);
			output.write(toLineStart);
		},
	};
}
