import CommandLineInterface

await CommandLineProgram.cubevault.run()
