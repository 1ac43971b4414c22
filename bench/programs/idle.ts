// Does nothing, for ever: the least that a Node process takes.
setInterval(() => {}, 1_000_000);
