/**
 * What the bundle takes of undici: its HTTP/1.1 client on a socket that is handed over. The package as a whole brings
 * fetch, caches, mocks and SQLite, which cost about 4 MB of memory on every node.
 */
// @ts-expect-error: the types describe the package as a whole, not its files
export { default as Client } from 'undici/lib/dispatcher/client.js';
