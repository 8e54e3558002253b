// Placeholder entry of the command line.
process.stdout.write('wireglass\n')
