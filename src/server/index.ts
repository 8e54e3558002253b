// Placeholder entry of the browser host.
process.stdout.write('wireglass server\n')
