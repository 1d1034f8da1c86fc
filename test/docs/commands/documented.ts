import { marker } from '../../../build/docs/runbook.ts';
import { documents, read } from '../markdown.ts';

/** A command that a document shows. */
export interface DocumentedCommand {
	readonly document: string;
	/** The line as it stands there, without the comment behind it. */
	readonly command: string;
}

/** What a command begins with. */
const programs =
	/^(?:registry-probe|npm|npx|node|kubectl|docker|podman|buildah|oc|helm|git|curl|cosign|bash|sh|openssl|promtool|apt-get|go) [\w./<['"$-]/;

/** The commands in blocks of shell, and those in the middle of a text; each once for a document. */
export function commandsIn(document: string): readonly DocumentedCommand[] {
	// The sections of the runbook are made from a table that has its own tests.
	const [text = ''] = read(document).split(marker);
	const found = [...linesIn(text), ...inlineIn(text)];
	return [...new Set(found)].map((command) => ({ document, command }));
}

/** The commands of all documents. */
export function allCommands(): readonly DocumentedCommand[] {
	return documents().flatMap(commandsIn);
}

/** What a block may be in; the last one in nothing that is said. */
const shells = ['sh', 'bash', 'shell', ''];

/** All lines of blocks of shell, and of blocks in no language those that begin as commands. */
function linesIn(text: string): readonly string[] {
	const blocks = [...text.matchAll(/^ *```(\w*)\n(.*?)^ *```$/gms)].filter(([, language = '']) =>
		shells.includes(language),
	);
	return blocks.flatMap(([, language, block = '']) => {
		const lines = block.replace(/ *\\\n\s*/g, ' ').split('\n');
		const commands = lines.map(withoutComment).filter((line) => line !== '');
		return language === '' ? commands.filter((line) => programs.test(line)) : commands;
	});
}

/** Comments stand behind two spaces or more; a `#` with one may belong to the command. */
function withoutComment(line: string): string {
	return line.replace(/(?:^|\s{2,})#.*$/, '').trim();
}

function inlineIn(text: string): readonly string[] {
	const prose = text.replace(/^ *(`{3,}|~{3,}).*?^ *\1\s*$/gms, '');
	const words = [...prose.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, word = '']) => word.trim());
	return words.filter((word) => programs.test(word));
}
