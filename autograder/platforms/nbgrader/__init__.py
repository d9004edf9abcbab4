"""For those who host nbgrader: a course directory, and scores in its gradebook."""
