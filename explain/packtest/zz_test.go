package packtest
import ("testing";"context";"fmt";"time";"os"
"truce/rules")
func TestZZ(t *testing.T){
 p,ds:=rules.LoadFS(os.DirFS("../../rules/iran"),rules.Options{})
 if p==nil {t.Fatal(ds)}
 st:=time.Now(); rs,_:=All(context.Background(),p,p.Tests,compile); fmt.Println("all",time.Since(st), len(rs))
 c:=compile(p)
 _ = c
 tt:=newTester(p,c())
 st=time.Now(); for _,x:=range p.Tests{tt.run(context.Background(),x)}; fmt.Println("tests",time.Since(st), time.Since(st)/time.Duration(len(p.Tests)))
 st=time.Now(); for i:=0;i<20;i++{compile(unreported(p))}; fmt.Println("compile",time.Since(st)/20)
 st=time.Now(); cov,_:=Cover(context.Background(),p,p.Tests,compile); fmt.Println("cover",time.Since(st))
 fmt.Println(Count(cov.Rules)); fmt.Println(Count(cov.Lines))
 for _,r:=range cov.Rules { if r.By==nil {fmt.Println("RULE",r.Rule.Name)}; for _,x:=range r.Conditions{ if x.True==nil {fmt.Println(x.Expr.Span(),r.Rule.Name,x.Expr.Text(),"never true")}; if x.False==nil {fmt.Println(x.Expr.Span(),r.Rule.Name,x.Expr.Text(),"never false")}}}
 st=time.Now()
 m,err:=Mutate(context.Background(),p,p.Tests,compile,MutationOptions{})
 fmt.Println("mutate",time.Since(st),err,m.All,m.Score(),m.Score().Percent(),m.Count(Unloadable),m.Count(Equivalent))
 for _,x:=range m.Tried{ if x.Outcome==Survived||x.Outcome==Equivalent||x.Outcome==Unloadable{n:="-"; if x.Nearest!=nil{n=x.Nearest.Name}; fmt.Println(x.Outcome,x.Mutant.At,x.Mutant.Kind,x.Mutant,"|",n,x.Mutant.Same)}}
}
