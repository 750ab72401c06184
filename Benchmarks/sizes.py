"""Prints the powers of ten from 10,000 up to a size, and the size itself, divided by commas."""
import sys

largest = int(sys.argv[1])
sizes = [10**power for power in range(4, 10) if 10**power < largest]
print(",".join(str(size) for size in sizes + [largest]))
