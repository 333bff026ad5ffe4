"""Where officers work: home, list of clusters, the page of one cluster, decisions, observations."""
