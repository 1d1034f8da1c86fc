import { auth } from './table/auth.ts';
import { content } from './table/content.ts';
import { dns } from './table/dns.ts';
import { http } from './table/http.ts';
import { limits } from './table/limits.ts';
import { messages } from './table/messages.ts';
import { own } from './table/own.ts';
import { proxy } from './table/proxy.ts';
import { tcp } from './table/tcp.ts';
import { tls } from './table/tls.ts';
import type { Explanation } from './explanation.ts';
import type { AnyReason } from './reason.ts';

/** Everything that is known about each reason: the one table that reports, pages and documents read. */
export const explanations: Readonly<Record<AnyReason, Explanation>> = {
	...dns,
	...tcp,
	...proxy,
	...tls,
	...http,
	...auth,
	...limits,
	...content,
	...own,
	...messages,
};
