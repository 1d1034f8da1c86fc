/** The longest label value, in characters. */
export const longestLabelValue = 200;

/**
 * A text as a label value: control, format and line-breaking characters become `?`, so that nothing from outside can
 * forge a line of the exposition or of a terminal that shows it; bounded, and never half of a character.
 */
export function labelValue(text: string): string {
	if (plain.test(text)) return text;
	return text
		.slice(0, longestLabelValue)
		.toWellFormed()
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

const plain = new RegExp(`^[ -~]{0,${longestLabelValue}}$`);
