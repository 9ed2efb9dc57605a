"""From pupils to euros: what referrals do to VSO places, the contribution, schools and reserve."""
