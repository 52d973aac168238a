import CommandLineInterface

await CommandLineProgram.cubevaultd.run()
