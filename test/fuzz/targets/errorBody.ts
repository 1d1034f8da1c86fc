import { looksLikeHtml, readErrorBody } from '../../../src/registry/errorBody.ts';
import { magnitude, must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

function check(input: Buffer): readonly string[] {
	const text = input.toString();
	const { codes, message } = readErrorBody(text);
	must(codes.length <= 10, `${codes.length} codes`);
	for (const code of codes) mustPrint(code, 64);
	if (message !== undefined) mustPrint(message, 300);
	const [type = ''] = text.split('\n', 1);
	return [
		`codes ${magnitude(codes.length)} ${message !== undefined}`,
		`page ${looksLikeHtml(type, text)} ${looksLikeHtml(undefined, text)}`,
	];
}

export const target: Target = {
	name: 'errorBody',
	source: 'src/registry/errorBody.ts',
	writer: 'a registry, a token service, a portal in between',
	shape: 'json',
	seeds: [
		'{"errors":[{"code":"DENIED","message":"see https://u:p@r.example/?token=x","detail":null}]}',
		'{"code":"x","error":"invalid_grant","error_description":"no","details":"d","message":""}',
		'text/html\n<!DOCTYPE html><html>',
		'\ufeff <?xml version="1.0"?> <!-- a --> <!-- b --><HTML>',
	],
	words: [
		'errors',
		'code',
		'message',
		'detail',
		'details',
		'error',
		'error_description',
		'<!--',
		'-->',
		'<html',
		'<?xml',
		'?>',
		'text/html',
	],
	check,
};
