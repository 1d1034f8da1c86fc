import { markup, type Html } from './markup.ts';

/** A block of the side column; nothing when it has no content. */
export function gauge(title: string, items: readonly Html[]): Html {
	if (items.length === 0) return markup``;
	return markup`<section>
		<h2>${title}</h2>
		<ul>
			${items}
		</ul>
	</section>`;
}

/** A bar that is filled to `share`, 0 to 1; the number stands beside it in words. */
export function filledBar(share: number): Html {
	const width = (Math.max(0, Math.min(1, share)) * 100).toFixed(1);
	return markup`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
		<rect class="rest" width="100" height="6" />
		<rect class="left" width="${width}" height="6" />
	</svg>`;
}
