/** A piece of HTML in which everything from outside has been escaped. Made by `markup` only. */
export class Html {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}
}

type Content = Html | string | number | undefined | false | readonly Content[];

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Joins a template: texts and numbers are escaped for element content and quoted attributes, pieces of HTML are kept, absent ones vanish. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
	return new Html(String.raw({ raw: parts }, ...contents.map(render)));
}

function render(content: Content): string {
	if (content === undefined || content === false) return '';
	if (content instanceof Html) return content.text;
	if (typeof content === 'object') return content.map(render).join('');
	return String(content).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
