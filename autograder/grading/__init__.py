"""One submission and one bundle become one result.

For whoever grades. Imports authoring (bundles), submissions, course, testing, jail, ground.
"""
