import "./session/early";

void import("./main");
