"""`arxiv-daily doctor`: what may be wrong with a deployment, checked one by one."""
