import { type Alias, type Document, isAlias, isNode, type Node, visit } from 'yaml';

/**
 * What each alias of a document stands for: the last node above it with its anchor (https://yaml.org/spec/1.2.2/#71-alias-nodes).
 * Found in one walk: the library's own `resolve` walks through the whole document for every alias.
 */
export function aliasesIn(document: Document.Parsed): ReadonlyMap<Alias, Node> {
	const anchored = new Map<string, Node>();
	const targets = new Map<Alias, Node>();
	visit(document, {
		Node(_key, node) {
			const target = isAlias(node) ? anchored.get(node.source) : undefined;
			if (isAlias(node) && target) targets.set(node, target);
			if (isNode(node) && !isAlias(node) && node.anchor !== undefined) anchored.set(node.anchor, node);
		},
	});
	return targets;
}
