// Preloaded into a child process (`node --import`): when the parent's end of standard input closes, however the parent
// ended, the child stops as if it had been asked to.
process.stdin.on('close', () => process.kill(process.pid, 'SIGTERM'))
process.stdin.resume()
// Waiting for the parent must not be what keeps the child alive.
if ('unref' in process.stdin) process.stdin.unref()
