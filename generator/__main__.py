"""Let `python -m generator` be the command `offprint`."""

from generator.cli import main

main(prog_name="offprint")
