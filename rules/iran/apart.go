package iran

// Apart says which cases a score of the pack sets apart from the rest, as
// "Type.field=value": those with the counterparty that the source speaks of.
const Apart = "Setting.counterparty=us"
