/** Test set-up: what jsdom lacks and the pages use. */

import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
